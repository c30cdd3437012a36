/** Rolling and strong checksums. */
@NullMarked
package io.sluice.protocol.checksum;

import org.jspecify.annotations.NullMarked;
