"""The digital inclusion page in Panel, Streamlit, marimo and default Voilà."""
