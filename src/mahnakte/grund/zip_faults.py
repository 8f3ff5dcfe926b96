"""What Python's `zipfile` raises on archives that are damaged, encrypted or packed in unusual ways.

It has no common error of its own; a list in each reader would miss one here and another there.
RuntimeError (encrypted) includes NotImplementedError (unknown packing), OSError comes from offsets that lead nowhere.
"""

import struct
import zipfile
import zlib

ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError)
