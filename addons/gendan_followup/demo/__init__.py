"""The demo factory 义乌市洁和无纺制品有限公司: for `--with-demo`, `make demo` and the tests."""

from . import loader
