/** {@code sluice demo}: a publish node and three web nodes on this machine, edited as a CMS would, with each change timed. */
@NullMarked
package io.sluice.app.demo;

import org.jspecify.annotations.NullMarked;
