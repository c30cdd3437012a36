/** The {@code sluice} command: main and subcommands. */
module io.sluice.app {
    requires ch.qos.logback.classic;
    requires info.picocli;
    requires io.sluice.client;
    requires io.sluice.daemon;
    requires io.sluice.watcher;
    requires static transitive org.jspecify;

    opens io.sluice.app.demo to
            info.picocli;
    opens io.sluice.app.tls to
            info.picocli;
}
