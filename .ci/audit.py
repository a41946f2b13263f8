"""Says what pip-audit found: its JSON comes from standard input. Exit 1 where a known vulnerability is among it.

A package that the advisory service does not know it passes over in silence, and if that cannot be reached, all of them:
here that is said, and is no failure, for a network that is closed says nothing about the packages.
"""

import json
import sys


def main() -> int:
    text = sys.stdin.read()
    packages = json.loads(text)["dependencies"] if text.strip() else []
    asked = [package for package in packages if "skip_reason" not in package]
    found = [(package, hole) for package in asked for hole in package["vulns"]]
    if not asked:
        print("NOT AUDITED: the index of packages, or its advisories, cannot be reached from here.")
        return 0
    for package, hole in found:
        fixed = ", ".join(hole["fix_versions"]) or "no version yet"
        print(f"{package['name']} {package['version']}: {hole['id']}, mended in {fixed}")
    passed_over = ", ".join(package["name"] for package in packages if "skip_reason" in package)
    print(f"{len(asked)} packages audited, {len(found)} known vulnerabilities.", passed_over and f"Not: {passed_over}.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
