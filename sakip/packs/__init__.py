"""Reading a data pack: its files and columns, how a value is read, what a fault says, how it is loaded."""
