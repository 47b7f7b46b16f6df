"""The archive as a site: pages and feeds made from the sealed snapshots of a store."""
