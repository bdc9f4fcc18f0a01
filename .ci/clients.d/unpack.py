"""Takes what begins with a path out of a wheel, which is a zip file: unpack.py WHEEL PATH INTO."""

import sys
import zipfile

wheel, path, into = sys.argv[1:]
with zipfile.ZipFile(wheel) as packed:
    packed.extractall(into, [name for name in packed.namelist() if name.startswith(path)])
