/** TLS on plain streams: certificates and keys of PEM files, whom to trust, and the records themselves. The handshakes' engine is the JDK's. */
@NullMarked
package io.sluice.protocol.tls;

import org.jspecify.annotations.NullMarked;
