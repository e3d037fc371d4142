"""A headless Chromium for the tests of the report; needs Chromium, its driver and selenium (extra `browser`)."""

import json
import shutil

import pytest

from tests.browser.reports import hostile, many, samples

__all__ = ["hostile", "many", "page", "samples"]

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "headless=new",
    "no-sandbox",
    "disable-gpu",
    "disable-dev-shm-usage",
    "no-first-run",
    "disable-background-networking",
)


class Page:
    """One page of the report in the browser; finding is by CSS selector, `ask` runs a script that returns a value."""

    def __init__(self, driver, downloads):
        self.driver, self.downloads = driver, downloads

    def open(self, file, fragment="", *, width=1280, height=1000, dark=False):
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
        self.driver.get("about:blank")
        self.driver.get_log("browser")
        self.driver.get(file.as_uri() + fragment)
        self.until("return !!document.documentElement.dataset.page")

    def ask(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def until(self, script, *arguments):
        """The value of `script` as soon as it is true."""
        from selenium.webdriver.support.ui import WebDriverWait

        return WebDriverWait(self.driver, 20).until(lambda driver: driver.execute_script(script, *arguments))

    def all(self, selector):
        return self.driver.find_elements("css selector", selector)

    def one(self, selector):
        self.until("return document.querySelector(arguments[0])", selector)
        return self.all(selector)[0]

    def text(self, selector):
        return self.one(selector).text

    def press(self, *keys):
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def log(self):
        """What the browser complained of."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def downloaded(self, name):
        """The records of a file that the page gave out; Chromium puts an empty one there first."""
        from selenium.webdriver.support.ui import WebDriverWait

        file = self.downloads / name
        WebDriverWait(self.driver, 20).until(lambda _: file.is_file() and file.stat().st_size)
        found = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        file.unlink()
        return found


@pytest.fixture(scope="session")
def page(tmp_path_factory):
    webdriver = pytest.importorskip("selenium.webdriver")
    if CHROMIUM is None or DRIVER is None:
        pytest.skip("needs chromium and chromedriver")
    downloads = tmp_path_factory.mktemp("downloads")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in FLAGS:
        options.add_argument(f"--{flag}")
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    try:
        yield Page(driver, downloads)
    finally:
        driver.quit()
