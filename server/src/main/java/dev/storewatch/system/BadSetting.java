package dev.storewatch.system;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.unit.DataSize;

/** Says that a setting is not known or has a value that it cannot have. */
public final class BadSetting extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private BadSetting(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Returns what is wrong with a setting if that is why the program failed to start, else why. */
  public static RuntimeException orItself(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BadSetting found) {
        return found;
      }
      if (cause instanceof ConfigurationPropertiesBindException binding) {
        return of(binding);
      }
    }
    return failure;
  }

  private static BadSetting of(ConfigurationPropertiesBindException failure) {
    Class<?> settings = failure.getBeanType();
    String message = failure.getMessage();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case UnboundConfigurationPropertiesException unknown ->
            message = unknown(unknown.getUnboundProperties().iterator().next(), settings);
        case BindException bind when bind.getProperty() != null -> message = wrongValue(bind);
        case IllegalArgumentException own when own.getClass() == IllegalArgumentException.class -> {
          if (message.equals(failure.getMessage())) {
            message = String.valueOf(own.getMessage());
          }
        }
        default -> {}
      }
    }
    return new BadSetting(message, failure);
  }

  private static String unknown(ConfigurationProperty property, Class<?> settings) {
    return unknown(
        property.getName().toString(),
        property.getName().getParent().toString(),
        names(settings).toList());
  }

  private static String unknown(String name, String prefix, List<String> known) {
    return "there is no setting %s: those of %s are %s"
        .formatted(name, prefix, String.join(", ", known));
  }

  private static String wrongValue(BindException failure) {
    ConfigurationProperty property = Objects.requireNonNull(failure.getProperty());
    return "%s is '%s': use %s"
        .formatted(
            property.getName(),
            property.getValue(),
            example(failure.getTarget().getType().resolve()));
  }

  private static String example(@Nullable Class<?> type) {
    if (type == DataSize.class) {
      return "a size, for example 10GB";
    }
    if (type == Duration.class) {
      return "a duration, for example 30s";
    }
    return type == int.class || type == long.class ? "a whole number" : "a valid value";
  }

  private static Stream<String> names(Class<?> settings) {
    return Arrays.stream(settings.getRecordComponents())
        .map(
            component -> component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
  }

  /**
   * Checks the names of settings where Spring Boot does not: among the variables of the environment
   * and the system properties.
   *
   * @throws BadSetting if one of them begins with the prefix and is no setting
   */
  static void requireKnown(
      ConfigurableEnvironment environment, String prefix, Class<? extends Record> settings) {
    List<String> known = names(settings).map(name -> plain(prefix + name)).toList();
    String plainPrefix = plain(prefix);
    Stream.of(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)
        .map(environment.getPropertySources()::get)
        .filter(EnumerablePropertySource.class::isInstance)
        .flatMap(source -> Arrays.stream(((EnumerablePropertySource<?>) source).getPropertyNames()))
        .filter(name -> plain(name).startsWith(plainPrefix) && !known.contains(plain(name)))
        .findFirst()
        .ifPresent(
            name -> {
              throw new BadSetting(unknown(name, prefix, names(settings).toList()), null);
            });
  }

  /** Returns a name as it is in every way of writing it. */
  private static String plain(String name) {
    return name.chars()
        .filter(Character::isLetterOrDigit)
        .mapToObj(letter -> String.valueOf((char) Character.toLowerCase(letter)))
        .collect(Collectors.joining());
  }
}
