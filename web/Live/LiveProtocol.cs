using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace SnpLive.Web.Live;

/// <summary>SignalR's JSON protocol, which knows no optional arguments, with one: the cursors of <c>Watch</c> may be left out.</summary>
internal sealed class LiveProtocol(IOptions<JsonHubProtocolOptions> options) : IHubProtocol
{
    private readonly JsonHubProtocol json = new(options);

    public string Name => json.Name;

    public int Version => json.Version;

    public TransferFormat TransferFormat => json.TransferFormat;

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        var start = input;
        if (!json.TryParseMessage(ref input, binder, out message)) return false;
        if (message is InvocationBindingFailureMessage { Target: nameof(LiveHub.Watch) }
            && json.TryParseMessage(ref start, new WithoutCursors(binder), out var shorter)
            && shorter is InvocationMessage { Arguments: [var ids] } call)
            message = new InvocationMessage(call.InvocationId, call.Target, [ids, null], call.StreamIds);
        return true;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => json.WriteMessage(message, output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => json.GetMessageBytes(message);

    public bool IsVersionSupported(int version) => json.IsVersionSupported(version);

    private sealed class WithoutCursors(IInvocationBinder binder) : IInvocationBinder
    {
        private static readonly Type[] Ids = [typeof(string[])];

        public Type GetReturnType(string invocationId) => binder.GetReturnType(invocationId);

        public IReadOnlyList<Type> GetParameterTypes(string methodName) => Ids;

        public Type GetStreamItemType(string streamId) => binder.GetStreamItemType(streamId);
    }
}
