"""How queries are read and answers ordered: values in, values out."""
