/**
 * Bytes and frames: typed verbs over a stream, and rsync's multiplexing of data and messages.
 *
 * <p>{@link WireInput} and {@link WireOutput} are the only classes that touch a peer's bytes. They decide nothing: what a control message means
 * is up to the {@link MessageHandler}.
 */
@NullMarked
package io.sluice.protocol.wire;

import org.jspecify.annotations.NullMarked;
