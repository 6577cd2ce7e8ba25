"""The door: delivered files, whatever their packing, encoding and layout, as records.

``opening`` unpacks, ``texts`` decodes, ``files`` and ``documents`` cut a file into JSON texts,
``xml`` converts, ``bundle`` and ``contained`` take resources apart and resolve what refers within
them, and ``records`` numbers what came out.
"""
