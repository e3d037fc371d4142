"""Takes the pictures of the report that README and docs show, from `cleaned/report.html`.

python tools/build_images.py

Needs Chromium, chromedriver, selenium (extra `browser`), and a font with Thai letters.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
PICTURES = {
    "report": ("#overview", 1200, 782),
    "change": ("#doc=002_dba9c49a8f1d4344.txt&change=3", 1200, 760),
    "together": ("#cluster=0", 1200, 860),
}
"""Name of the picture -> page of the report, width and height in pixels."""


def main() -> None:
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in ("headless=new", "no-sandbox", "disable-gpu", "hide-scrollbars"):
        options.add_argument(f"--{flag}")
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    try:
        for name, (fragment, width, height) in PICTURES.items():
            size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
            driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
            driver.get("about:blank")
            driver.get((ROOT / "cleaned" / "report.html").as_uri() + fragment)
            time.sleep(1)
            place = ROOT / "docs" / "images" / f"{name}.png"
            driver.save_screenshot(str(place))
            print(f"{place.relative_to(ROOT)}: {place.stat().st_size / 1e3:.0f} kB")
    finally:
        driver.quit()


if __name__ == "__main__":
    main()
