"""Which pairs tell one story, and which are related.

The steps are in `search`: pairs that share rare names (`candidates`) are measured by their names (`measuring`; between
languages also by `near_names`), compared by their words (`pairs`; between languages by `cognates` and `particles`), judged
(`verdicts`), and held against each other (`agreement`).

Imports `words`, `documents`, `copies` and `index`.
"""
