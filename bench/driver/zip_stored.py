"""zip_stored.py ARCHIVE FOLDER: Python's own zipfile, entries stored. (python3 -m zipfile would deflate.)"""

import os
import sys
import zipfile

with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_STORED) as archive:
    for name in sorted(os.listdir(sys.argv[2])):
        archive.write(os.path.join(sys.argv[2], name), name)
