# 需要 Python 3.11 或更新，以及 make。其余都装进 .venv，版本固定在 requirements/lock.txt。
# Needs Python 3.11 or later and make; all else goes into .venv, pinned in requirements/lock.txt.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
RUN := $(VENV)/bin/python -m
INSTALL := pip install --quiet --disable-pip-version-check --no-deps
STAMP := $(VENV)/.installed
WHEEL_VENV := build/wheel-venv

.PHONY: demo test check bench wheel-test openapi docs lock clean help

help: ## 列出可用的命令
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

$(STAMP): requirements/lock.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "需要 Python 3.11 或更新")'
	$(PYTHON) -m venv $(VENV)
	$(RUN) $(INSTALL) --requirement requirements/lock.txt
	$(RUN) $(INSTALL) --no-build-isolation --editable .
	@touch $@

demo: $(STAMP) ## 检查样例文件，显示报告，留下 out/report.html 和 out/graph.trig
	@$(RUN) kemu check data/samples/*.txt --save out/report.html --save out/graph.trig \
		|| test $$? -eq 1
	@echo
	@echo "out/report.html  用浏览器打开 / open in a browser"
	@echo "out/graph.trig   知识图谱 / the knowledge graph"

check: $(STAMP) ## 格式、写法、类型、谁可以用谁
	$(RUN) ruff format --check
	$(RUN) ruff check
	$(RUN) mypy
	$(VENV)/bin/lint-imports --no-logo

test: check ## 格式、写法、类型和全部测试
	$(RUN) pytest

bench: $(STAMP) ## 与 pySHACL + rdflib 对比的耗时，真实文件的读懂比例
	@$(RUN) benchmarks

wheel-test: $(STAMP) ## 打包成 wheel，装进另一个环境，用它跑全部测试
	rm -rf build/wheel $(WHEEL_VENV)
	$(RUN) pip wheel --quiet --no-deps --no-build-isolation --wheel-dir build/wheel .
	$(PYTHON) -m venv $(WHEEL_VENV)
	$(WHEEL_VENV)/bin/python -m $(INSTALL) --requirement requirements/lock.txt build/wheel/*.whl
	$(WHEEL_VENV)/bin/python -c \
		'import kemu, sys; sys.exit("wheel-venv" not in kemu.__file__ and kemu.__file__)'
	$(WHEEL_VENV)/bin/python -m pytest

openapi: $(STAMP) ## 重新生成 api/openapi.json
	$(RUN) kemu.api.app

docs: $(STAMP) ## 重新生成名词解释、规则、本体和错误代码的页、命令行的用语，更新 README 和教程里显示的输出
	$(RUN) kemu.report.codes.definitions
	$(VENV)/bin/python scripts/make_rules.py
	$(VENV)/bin/python scripts/make_ontology.py
	$(VENV)/bin/python scripts/make_locale.py
	$(RUN) kemu.report.explain.errors > docs/errors.md
	$(RUN) tests.cli.shown

lock: ## 按 pyproject.toml 重新固定版本
	$(PYTHON) requirements/lock.py

clean: ## 删除生成的东西
	rm -rf $(VENV) build dist out .pytest_cache .mypy_cache .ruff_cache
