/** A small HTTP server, on Netty: bounded in all that a peer can make it hold, and open to those that may look. */
@org.jspecify.annotations.NullMarked
package io.sluice.watcher.http;
