"""The engine: finds the quotes of an article, their speakers and their outlets. Independent of HTTP.

attributor = QuoteAttributor.load("model_cache/quote-attribution-minilm")
for quote in attributor.attribute(text).quotes:
    print(quote.text, quote.speaker, quote.outlet)
"""

from service.attribution.attributor import QuoteAttributor
from service.records import Attribution, Quote

__all__ = ["Attribution", "Quote", "QuoteAttributor"]
