package dev.storewatch;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Marks a class of tests that talk to a server on any database: each build runs it on DuckDB, and
 * the long tests on PostgreSQL.
 *
 * <p>What the databases answer is compared below HTTP, by the contracts and the other classes with
 * {@link AnyDatabase}, in each build; and {@link ScopeLeakTest} goes through every call on both.
 */
@AnyDatabase
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("server")
public @interface ServerOnAnyDatabase {}
