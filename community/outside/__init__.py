"""The way out and in: public pages fetched within bounds, tables as spreadsheets write and read them."""
