/**
 * Endpoints for operators who look into the state: what the entries say, beyond what lookups show. The dashboard asks them; they read
 * only.
 */
@NullMarked
package io.hera.http.inspect;

import org.jspecify.annotations.NullMarked;
