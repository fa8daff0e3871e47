"""`python -m integratie_eval`."""

from integratie_eval.cli import main

if __name__ == "__main__":
    main()
