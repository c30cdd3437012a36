/** Authentication of users: {@code auth users}, the secrets file, challenge and response. */
@NullMarked
package io.sluice.daemon.auth;

import org.jspecify.annotations.NullMarked;
