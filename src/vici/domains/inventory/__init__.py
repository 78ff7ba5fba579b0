"""How many of each variant the shop has.

Promises: a level is never negative; every change announces itself in the same transaction.
Refuses: negative quantities; to count for one product a variant that, by the word of the catalogue, another one has.
(Holding stock for carts and orders comes with buying.)
"""
