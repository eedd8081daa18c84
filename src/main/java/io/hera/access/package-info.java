/**
 * Who may do what: tokens, the rules of an access file, and the judgement of a request by them. Plain Java, without I/O.
 *
 * <p>A {@link io.hera.access.Token} is 256 random bits in a form that is recognised. Only its {@link io.hera.access.TokenHash} is
 * stored. {@link io.hera.access.AccessRules} maps hashes to identities; {@link io.hera.access.Authenticator} finds the {@link
 * io.hera.access.Caller} of a request by them, and a {@link io.hera.access.Need} says whether the caller's {@link
 * io.hera.access.Grants} are enough.
 *
 * <p>Time plays no part: tokens do not expire, and nothing is kept about those that are used.
 */
@NullMarked
package io.hera.access;

import org.jspecify.annotations.NullMarked;
