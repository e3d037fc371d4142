"""Which pairs tell one story, and which are related.

The steps are in `search`: pairs that share rare names (`candidates`) are measured by their names (`measuring`; between
languages also by `near_names`), compared by their words (`pairs`), judged (`verdicts`), and compared with each other
(`agreement`).

Imports `words`, `documents`, `copies` and `index`.
"""
