"""Pages of documentation: their snippets, their links, the built site."""
