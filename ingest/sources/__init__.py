"""Where deliveries come from: a folder now; bulk export and object stores fit beside it."""
