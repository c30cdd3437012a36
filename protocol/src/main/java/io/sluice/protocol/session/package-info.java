/** What two peers agree on before they transfer: version, greeting, capabilities, algorithms. */
@NullMarked
package io.sluice.protocol.session;

import org.jspecify.annotations.NullMarked;
