namespace Orleans;

public readonly struct DeactivationReason
{
    public DeactivationReason(DeactivationReasonCode code, string text) : this(code, null, text)
    {
    }

    public DeactivationReason(DeactivationReasonCode code, Exception? exception, string text)
    {
        ReasonCode = code;
        Exception = exception;
        Description = text;
    }

    public string Description { get; }

    public DeactivationReasonCode ReasonCode { get; }

    public Exception? Exception { get; }

    public override string ToString() => $"{ReasonCode}: {Description}";
}

/// <summary>Only the reasons that one process can have; the numbers are Orleans'.</summary>
#pragma warning disable CA1028 // Orleans' type is a byte.
public enum DeactivationReasonCode : byte
#pragma warning restore CA1028
{
    None = 0,
    ShuttingDown = 1,
    ActivationFailed = 2,
    ActivationIdle = 4,
    ApplicationError = 8,
    ApplicationRequested = 9,
}
