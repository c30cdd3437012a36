/**
 * The dialect of rsyncd.conf: sections and parameters with the lines they stand on. What they mean is up to who reads them: nothing here knows of
 * modules or mirrors.
 */
@NullMarked
package io.sluice.protocol.config;

import org.jspecify.annotations.NullMarked;
