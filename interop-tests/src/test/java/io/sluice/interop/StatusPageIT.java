package io.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * The status page of a real mirror of real daemons in a real browser. What is expected is not there before the mirror did
 * it; pictures of what is to be seen are left in {@code target/screenshots}.
 */
class StatusPageIT {
    private static final String TOKEN = "a-token-of-ample-length";
    private static final String MODULE = """
            [site]
            path = @HOME@/site
            read only = no
            auth users = web1user
            secrets file = @HOME@/secrets
            """;
    /** Ratio of the lighter to the darker colour, as WCAG 2 computes it, of all text that is below 4.5. */
    private static final String POOR_CONTRASTS = """
            const rgb = text => text.match(/[0-9.]+/g).map(Number);
            const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
            const back = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor);
                if (c.length < 4 || c[3] === 1) return c; } return [255, 255, 255]; };
            return [...document.querySelectorAll('body *')]
                .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.nodeValue.trim()) && e.getClientRects().length)
                .map(e => { const [a, b] = [light(rgb(getComputedStyle(e).color)), light(back(e))].sort((x, y) => y - x);
                    return [(a + 0.05) / (b + 0.05), e.tagName + '.' + e.className + ': ' + e.textContent.trim()]; })
                .filter(([ratio]) => ratio < 4.5).map(String);
            """;

    @TempDir(factory = MemoryDirectory.class)
    private Path temporary;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<DaemonProcess> nodes = new ArrayList<>();

    @BeforeEach
    void needsABrowser() {
        Browser.assumeInstalled();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
    }

    private Path site() {
        return temporary.resolve("site");
    }

    private void startNode() throws IOException {
        Path home = temporary.resolve("node" + nodes.size());
        Files.createDirectories(home.resolve("site"));
        DaemonProcess node = DaemonProcess.start(Program.SLUICE, home, MODULE);
        open.add(node);
        nodes.add(node);
    }

    /** A mirror to the nodes, and to one that nobody has ever seen. */
    private StatusMirror startMirror(String globals) throws IOException {
        Files.createDirectories(site().resolve("news"));
        Files.writeString(site().resolve("index.html"), "<p>Hello");
        startNode();
        startNode();
        StringBuilder replicas = new StringBuilder();
        nodes.forEach(node -> replicas.append(node.url("site/")).append(' '));
        replicas.append("rsync://publisher@127.0.0.1:")
                .append(DaemonProcess.freePort())
                .append("/away/");
        StatusMirror mirror = StatusMirror.start(
                temporary,
                globals + "max backoff = 500ms\n[www & <friends>]\npath = " + site() + "\nreplicas = " + replicas
                        + "\n");
        open.add(mirror);
        return mirror;
    }

    private Browser startBrowser(boolean withScripts) {
        Browser browser = Browser.start(temporary.resolve("browser"), withScripts);
        open.add(browser);
        return browser;
    }

    private static String row(int replica) {
        return "#source-1-replica-" + replica;
    }

    private static String cell(int replica, String label) {
        return row(replica) + " td[data-label='" + label + "']";
    }

    private static void awaitAllThere(Browser browser) throws InterruptedException {
        browser.awaitText(cell(1, "State"), "In sync");
        browser.awaitText(cell(2, "State"), "In sync");
        browser.awaitText(cell(3, "Last error"), "Connection refused");
    }

    @Test
    void showsHowReplicasStandWhileItIsLookedAt() throws Exception {
        StatusMirror mirror = startMirror("status address = 127.0.0.1:0\n");
        Browser browser = startBrowser(true);
        browser.size(1280, 800);
        browser.open(mirror.url());
        awaitAllThere(browser);
        assertThat(browser.text("h2")).isEqualTo("www & <friends>");
        assertThat(browser.text(".summary")).contains("1 of 3 replicas behind");
        browser.script("window.sameAsBefore = true; document.querySelector('.behind a').focus()");

        assertThat(browser.text(cell(1, "Last 10 minutes"))).startsWith("1 change,");
        Files.writeString(site().resolve("news/today.html"), "<p>News");
        browser.awaitText(cell(1, "Last 10 minutes"), "2 changes,");

        nodes.get(1).close();
        Files.writeString(site().resolve("news/tomorrow.html"), "<p>More news");
        browser.awaitText(cell(2, "Last error"), "Connection refused");
        browser.awaitText(cell(2, "State"), "Waiting to try again");
        browser.await("title", () -> browser.title().startsWith("2 of 3 replicas behind – Sluice on "));
        browser.screenshot("status-light");
        assertThat((List<?>) browser.script(POOR_CONTRASTS)).isEmpty();
        browser.dark(true);
        browser.screenshot("status-dark");
        assertThat((List<?>) browser.script(POOR_CONTRASTS)).isEmpty();

        nodes.get(1).restart();
        browser.awaitText(cell(2, "State"), "In sync");
        browser.awaitText(cell(2, "Last error"), "over since: ");
        assertThat(browser.script("return window.sameAsBefore && document.activeElement.matches('.behind a')"))
                .as("the page was never loaded anew, and the focus is where it was")
                .isEqualTo(true);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void tellsThatTheMirrorIsGone() throws Exception {
        StatusMirror mirror = startMirror("status address = 127.0.0.1:0\n");
        Browser browser = startBrowser(true);
        browser.open(mirror.url());
        browser.awaitText("#live", "Live");
        mirror.close();
        browser.awaitText("#live", "No connection to the mirror; what is shown is old");
    }

    @Test
    void worksWithoutScripts() throws Exception {
        StatusMirror mirror = startMirror("status address = 127.0.0.1:0\n");
        Browser browser = startBrowser(false);
        browser.open(mirror.url());
        awaitAllThere(browser);
        assertThat(browser.text("#live")).startsWith("As of 20");
        browser.screenshot("status-without-scripts");
        Files.writeString(site().resolve("news/today.html"), "<p>News");
        browser.awaitText(cell(1, "Last 10 minutes"), "2 changes,"); // by itself: it is loaded anew now and then
        Files.writeString(site().resolve("news/tomorrow.html"), "<p>More news");
        browser.await("the change, after the link was followed", () -> {
            browser.find("nav a").click();
            return browser.text(cell(1, "Last 10 minutes")).startsWith("3 changes,");
        });
    }

    @Test
    void fitsOnAPhone() throws Exception {
        StatusMirror mirror = startMirror("status address = 127.0.0.1:0\n");
        Browser browser = startBrowser(true);
        browser.size(375, 812);
        browser.open(mirror.url());
        awaitAllThere(browser);
        browser.screenshot("status-phone");
        assertThat(browser.script("return document.documentElement.scrollWidth"))
                .isEqualTo(375L);
        browser.dark(true);
        browser.size(320, 2000);
        browser.screenshot("status-small-phone-dark");
        assertThat(browser.script("return document.documentElement.scrollWidth"))
                .isEqualTo(320L);
        assertThat(browser.find("table").getAriaRole()).isEqualTo("table");
        assertThat(browser.find(cell(1, "State")).getAriaRole()).isEqualTo("cell");
    }

    @Test
    void isUsableByKeyboardAndByEar() throws Exception {
        StatusMirror mirror = startMirror("status address = 127.0.0.1:0\n");
        Browser browser = startBrowser(true);
        browser.open(mirror.url());
        awaitAllThere(browser);
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            browser.press(Keys.TAB);
            order.add(String.valueOf(browser.script("return document.activeElement.textContent")));
            assertThat(browser.script("return getComputedStyle(document.activeElement).outlineStyle"))
                    .isEqualTo("solid");
        }
        assertThat(order.subList(0, 4)).containsExactly("Skip to the status", "Refresh", "JSON", "Metrics");
        assertThat(order.get(4)).contains("/away/");
        browser.press(Keys.ENTER);
        assertThat(browser.url()).endsWith(row(3));

        assertThat(browser.find("main").getAriaRole()).isEqualTo("main");
        assertThat(browser.find("nav").getAccessibleName()).isEqualTo("Other forms");
        assertThat(browser.find("section").getAccessibleName()).isEqualTo("www & <friends>");
        assertThat(browser.find(".summary").getAriaRole()).isEqualTo("status");
        assertThat(browser.all("thead th")).extracting(WebElement::getAriaRole).containsOnly("columnheader");
        assertThat(browser.find(row(1) + " th").getAriaRole()).isEqualTo("rowheader");
        assertThat(browser.find(row(1) + " svg").getAccessibleName()).matches("1 change with \\d+ B, longest lag .*");
    }

    @Test
    void asksForTheTokenWhereOthersCanReachIt() throws Exception {
        Path file = Files.writeString(temporary.resolve("token"), TOKEN + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        StatusMirror mirror = startMirror("status address = 0.0.0.0:0\nstatus token file = " + file + "\n");
        String url = mirror.url().replace("0.0.0.0", "127.0.0.1");
        Browser browser = startBrowser(true);
        browser.size(375, 600);
        browser.open(url);
        assertThat(browser.text("h1")).isEqualTo("Token needed");
        browser.screenshot("status-token");
        assertThat(browser.complaints()).as("but for the refusal itself").allMatch(line -> line.contains("401"));
        assertThat(browser.script("return getComputedStyle(document.body).margin"))
                .as("as the style says")
                .isEqualTo("0px");
        browser.find("#token").sendKeys(TOKEN, Keys.ENTER);
        awaitAllThere(browser);
        assertThat(browser.url()).isEqualTo(url);
        assertThat(browser.script("return document.cookie")).as("for scripts").isEqualTo("");
    }
}
