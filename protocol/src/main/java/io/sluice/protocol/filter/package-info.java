/** Filter rules: parsing, matching, per-directory merge files, and their form on the wire. */
@NullMarked
package io.sluice.protocol.filter;

import org.jspecify.annotations.NullMarked;
