import type { IconProps } from '@lucide/svelte';
import type { Component } from 'svelte';

/** A picture of the icon set, such as the default export of `@lucide/svelte/icons/send`. */
export type Icon = Component<Omit<IconProps, 'icon' | 'iconNode'>>;
