package dev.storewatch.http;

/**
 * Who makes a request; handlers of requests take it as an argument.
 *
 * @param name the name of the key or the person, made distinct by what it is: {@code
 *     key:pos-gateway}, {@code user:ann}; {@code local} for a caller from this machine while
 *     nothing is configured
 * @param address where the request comes from
 */
public record Caller(String name, String address) {}
