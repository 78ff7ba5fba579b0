"""Finding products: what the words mean, which products fit, in which order.

Promises: a changed product is found, or gone, within a second; a stale version never hides a newer one; filters read
from the words are shown and can be taken back; what was relaxed to find anything is said.
Owns the index, which can always be built again from the catalogue and the stock.
"""
