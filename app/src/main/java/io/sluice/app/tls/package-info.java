/** {@code sluice tls}: certificates of one's own. */
@NullMarked
package io.sluice.app.tls;

import org.jspecify.annotations.NullMarked;
