"""What the shop sells: products with their variants, prices, texts and pictures, in categories, by brands, from shops.

Promises: every change bumps the product's version and announces itself in the same transaction.
Refuses: a price the currency cannot express, a fourth category level, an SKU or barcode that another variant has.
Does not know: how many are left (inventory), how they are found (search).
"""
