"""The widgets of a page, each with its JavaScript and CSS, and the Study that updates them."""
