namespace SnpLive.Web.Sessions.Lock;

/// <summary>What a PIN must be.</summary>
internal static class PinRules
{
    /// <summary>What is wrong with it; null: nothing.</summary>
    internal static string? Fault(string? pin, int digits)
    {
        if (pin is null || pin.Length != digits || !pin.All(char.IsAsciiDigit)) return LockMessages.PinDigits(digits);
        var steps = pin.Zip(pin.Skip(1), (one, next) => next - one).Distinct().ToArray();
        var isPair = pin.Length % 2 == 0 && pin[..(pin.Length / 2)] == pin[(pin.Length / 2)..]; // 1212
        return isPair || steps is [0] or [1] or [-1] ? LockMessages.PinTooEasy : null;
    }
}
