"""EDA 4.0.00: the courts' record format. Tables in `layout`, bytes in `frame`, meaning in `read` and `write`."""
