export type WhoMakes = "padwatch" | "coderpadIntegration";
