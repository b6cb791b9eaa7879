"""One line for each call of a client, and how it all ended."""

import sys
import traceback


class Report:
    """What a client made of the sandbox's answers."""

    def __init__(self, client: str) -> None:
        self.client = client
        self.passed = 0
        self.failed = 0

    def call(self, name, do, check=lambda answer: True):
        """Makes a call that has to succeed with an answer that passes the check. Gives the answer."""
        try:
            answer = do()
            if not check(answer):
                raise AssertionError(f"not what the sandbox has: {answer!r}"[:400])
        except Exception as error:  # Whatever a client raises is what this is about.
            self._say("FAILED", name, _in_brief(error))
            self.failed += 1
            return None
        self._say("passed", name, "")
        self.passed += 1
        return answer

    def refuses(self, name, do, because: str) -> None:
        """Makes a call whose true answer the client is too strict for."""
        try:
            do()
        except Exception:
            self._say("passed", name, f"refused by the client: {because}")
            self.passed += 1
            return
        self._say("FAILED", name, f"accepted, though expected to be refused: {because}")
        self.failed += 1

    def end(self) -> None:
        """Ends the script: with 1 if a call failed, or none was made."""
        print(f"{self.client}: {self.passed} passed, {self.failed} failed", flush=True)
        sys.exit(1 if self.failed or not self.passed else 0)

    def _say(self, outcome: str, name: str, detail: str) -> None:
        words = (f"{outcome}  {self.client}  {name}", f" ({detail})" if detail else "")
        print("".join(words), flush=True)


def _in_brief(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    text = " ".join(str(error).split())
    return f"{type(error).__name__} at {last.name}: {text}"[:400]
