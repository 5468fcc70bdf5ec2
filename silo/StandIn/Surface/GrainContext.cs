namespace Orleans.Runtime;

public interface IAddressable;

public interface IGrainContext
{
    GrainId GrainId { get; }

    IServiceProvider ActivationServices { get; }
}
