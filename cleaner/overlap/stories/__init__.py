"""Which pairs tell one story, and which are related.

The course is in `search`: pairs that share rare names (`candidates`) are measured by their names (`measuring`; between languages by
`near_names` too), compared by their words (`pairs`), and judged (`verdicts`).

Imports `words`, `documents`, `copies` and `index`.
"""
