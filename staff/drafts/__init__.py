"""What an agent starts from: drafts of a reply, and saved ones."""
