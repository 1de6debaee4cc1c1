package dev.storewatch.setting;

import dev.storewatch.input.WrongInput;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.util.unit.DataSize;

/** A setting is not known, or has a value that it cannot have. */
public final class BadSetting extends WrongInput {
  private static final long serialVersionUID = 1;

  public BadSetting(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Returns the wrong setting that made the program fail to start, if there is one, else the
   * failure itself.
   */
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
    String message = String.valueOf(failure.getMessage());
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case BindException bind when bind.getProperty() != null -> message = wrongValue(bind);
        case WrongInput own -> {
          if (message.equals(failure.getMessage())) {
            message = String.valueOf(own.getMessage());
          }
        }
        default -> {}
      }
    }
    return new BadSetting(message, failure);
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
      return "a duration, for example 30s, PT8H or P30D";
    }
    return type == int.class || type == long.class ? "a whole number" : "a valid value";
  }
}
