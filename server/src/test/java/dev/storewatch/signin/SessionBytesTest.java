package dev.storewatch.signin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.csrf.DefaultCsrfToken;

/** What a session keeps, as bytes that somebody else may have written. */
final class SessionBytesTest {
  static final AtomicBoolean RUN = new AtomicBoolean();

  static Stream<Object> whatASessionKeeps() {
    UsernamePasswordAuthenticationToken ann =
        UsernamePasswordAuthenticationToken.authenticated(
            new Sessions.SignedIn("ann", "stamp"), null, List.of());
    ann.setDetails(new WebAuthenticationDetails("127.0.0.1", null));
    OAuth2AuthenticationToken bob =
        new OAuth2AuthenticationToken(
            new Sessions.LetIn("bob", List.of("a", "b", "c"), List.of()), List.of(), "oidc");
    return Stream.of(
        "a message",
        new DefaultCsrfToken("header", "parameter", "token"),
        new SecurityContextImpl(ann),
        new SecurityContextImpl(bob));
  }

  @ParameterizedTest
  @MethodSource("whatASessionKeeps")
  void comesBack(Object kept) {
    Object back = SessionBytes.read(SessionBytes.write(kept));

    assertThat(back).usingRecursiveComparison().isEqualTo(kept);
  }

  @Test
  void comesBackWithWhatTheProviderIsAsked() {
    OAuth2AuthorizationRequest asked =
        OAuth2AuthorizationRequest.authorizationCode()
            .authorizationUri("https://sign-in.example.com/authorize")
            .clientId("storewatch")
            .redirectUri("https://stores.example.com/login/oauth2/code/oidc")
            .scopes(Set.of("openid", "email"))
            .state("state")
            .additionalParameters(Map.of("nonce", "hash"))
            .attributes(Map.of("nonce", "nonce", "code_verifier", "verifier"))
            .build();

    Object back = SessionBytes.read(SessionBytes.write(asked));

    assertThat(back).usingRecursiveComparison().isEqualTo(asked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev.storewatch.access", "dev.storewatch.signin"})
  void comesBackFromAServerWithTheClassesInAnotherPackage(String other) {
    String here = Sessions.class.getPackageName();
    assertThat(other).hasSameSizeAs(here); // the bytes say how long a name is
    whatASessionKeeps()
        .forEach(
            kept -> {
              String bytes = new String(SessionBytes.write(kept), ISO_8859_1);

              Object back = SessionBytes.read(bytes.replace(here, other).getBytes(ISO_8859_1));

              assertThat(back).usingRecursiveComparison().isEqualTo(kept);
            });
    String person = new String(SessionBytes.write(new Sessions.SignedIn("a", "b")), ISO_8859_1);
    assertThat(person.replace(here, other)).contains(other + ".Sessions$SignedIn");
  }

  /** Runs code of its own when it is read. */
  static final class Trap implements Serializable {
    private static final long serialVersionUID = 1;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      RUN.set(true);
    }
  }

  static Stream<Object> traps() {
    Object proxy =
        Proxy.newProxyInstance(
            SessionBytesTest.class.getClassLoader(),
            new Class<?>[] {Comparable.class},
            (Serializable & InvocationHandler) (self, method, given) -> null);
    UsernamePasswordAuthenticationToken inside =
        UsernamePasswordAuthenticationToken.authenticated(new Trap(), null, List.of());
    return Stream.of(
        new Trap(),
        new Trap[] {new Trap()},
        new HashMap<>(Map.of("key", new Trap())),
        new ArrayList<>(List.of(new Trap())),
        new SecurityContextImpl(inside),
        proxy);
  }

  /** Returns the bytes of an object of any class. */
  static byte[] bytes(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("traps")
  void runNoCodeOfAnybodyElse(Object trap) throws IOException {
    RUN.set(false);

    assertThat(SessionBytes.read(bytes(trap))).isNull();
    assertThat(RUN).isFalse();
    assertThatThrownBy(() -> SessionBytes.write(trap))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no session is made of");
  }

  @Test
  void areLeftOutWhenTheyMakeNoSense() {
    byte[] good = SessionBytes.write("a message");

    assertThat(SessionBytes.read(new byte[0])).isNull();
    assertThat(SessionBytes.read(new byte[] {1, 2, 3})).isNull();
    assertThat(SessionBytes.read(Arrays.copyOf(good, good.length - 1))).isNull();
  }

  @Test
  void areLeftOutWhenTheyGoTooDeep() {
    Object deep = "deep";
    for (int i = 0; i < 100; i++) {
      deep = new ArrayList<>(List.of(deep));
    }

    assertThat(SessionBytes.read(SessionBytes.write(deep))).isNull();
  }
}
