/** What a mirror does, as its configuration file and rsync options say it: {@link MirrorFile}. */
@NullMarked
package io.sluice.watcher.config;

import org.jspecify.annotations.NullMarked;
