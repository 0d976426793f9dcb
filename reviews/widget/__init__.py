"""Reviews on other pages than ours: the shop's, by widget or by interface. docs/widget.md is for those who use it."""
